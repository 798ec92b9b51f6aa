{%- set rounds = [1, 2, 3] -%}
with

shop as (
    select as_of_date
    from {{ ref('int_settings_pivoted_to_shops') }}
),

payouts as (
    select
        payouts.payout_id,
        payouts.reference_text,
        payouts.payout_amount,
        payouts.paid_date
    from {{ ref('stg_shop__bank_payouts') }} as payouts
    cross join shop
    where shop.as_of_date is null or payouts.paid_date <= shop.as_of_date
),

refunds as (
    select
        refund_id,
        return_line_id,
        order_id,
        refund_amount,
        paid_date
    from {{ ref('fct_refunds') }}
    where is_paid and is_outside_cash
),

-- What a bank file may call a refund by; the first that fits stands before the others.
reference_texts as (
    {% for column in ['refund_id', 'return_line_id', 'order_id'] -%}
        select
            refund_id,
            {{ column }} as reference_text,
            {{ loop.index }} as match_rank,
            refund_amount,
            paid_date
        from refunds
        {% if not loop.last %}
            union all

        {% endif %}
    {%- endfor %}
),

candidates as (
    select
        payouts.payout_id,
        reference_texts.refund_id,
        payouts.payout_amount,
        reference_texts.refund_amount,
        payouts.paid_date,
        reference_texts.paid_date as refund_paid_date,
        reference_texts.match_rank
    from payouts
    inner join reference_texts on payouts.reference_text = reference_texts.reference_text
    where
        reference_texts.match_rank = 1
        or payouts.payout_amount = reference_texts.refund_amount
),

-- One payout and one refund each: those that fit each other best, by rank, amount and day, then
-- those of what is left. Three rounds settle any three equal payouts of an order.
{% for round in rounds -%}
    ranked_{{ round }} as (
        select
            candidates.*,
            row_number() over (
                partition by candidates.refund_id
                order by
                    candidates.match_rank,
                    case when candidates.payout_amount = candidates.refund_amount then 0 else 1 end,
                    abs(
                        {{ days_between('candidates.refund_paid_date', 'candidates.paid_date') }}
                    ) nulls last,
                    candidates.payout_id
            ) as payout_number,
            row_number() over (
                partition by candidates.payout_id
                order by
                    candidates.match_rank,
                    abs(
                        {{ days_between('candidates.refund_paid_date', 'candidates.paid_date') }}
                    ) nulls last,
                    candidates.refund_id
            ) as refund_number
        from candidates
        {% for before in rounds if before < round -%}
            left join pairs_{{ before }} as payouts_{{ before }}
                on candidates.payout_id = payouts_{{ before }}.payout_id
            left join pairs_{{ before }} as refunds_{{ before }}
                on candidates.refund_id = refunds_{{ before }}.refund_id
        {% endfor -%}
        where
            true
            {%- for before in rounds if before < round %}
                and payouts_{{ before }}.payout_id is null
                and refunds_{{ before }}.refund_id is null
            {%- endfor %}
    ),

    pairs_{{ round }} as (
        select
            payout_id,
            refund_id,
            case match_rank
                when 1 then 'refund_id' when 2 then 'return_line_id' else 'order_id'
            end as match_basis_code
        from ranked_{{ round }}
        where payout_number = 1 and refund_number = 1
    ),

{% endfor -%}
referenced as (
    {% for round in rounds -%}
        select
            payout_id,
            refund_id,
            match_basis_code
        from pairs_{{ round }}
        {% if not loop.last %}
            union all

        {% endif %}
    {%- endfor %}
),

-- What no reference names: same day and amount, one after the other.
open_payouts as (
    select
        payouts.payout_id,
        payouts.payout_amount,
        payouts.paid_date,
        row_number() over (
            partition by payouts.paid_date, payouts.payout_amount
            order by payouts.payout_id
        ) as place
    from payouts
    left join referenced on payouts.payout_id = referenced.payout_id
    left join refunds on payouts.reference_text = refunds.refund_id
    where referenced.payout_id is null and refunds.refund_id is null
),

open_refunds as (
    select
        refunds.refund_id,
        refunds.refund_amount,
        refunds.paid_date,
        row_number() over (
            partition by refunds.paid_date, refunds.refund_amount
            order by refunds.refund_id
        ) as place
    from refunds
    left join referenced on refunds.refund_id = referenced.refund_id
    where referenced.refund_id is null
),

final as (
    select
        payout_id,
        refund_id,
        match_basis_code
    from referenced

    union all

    select
        open_payouts.payout_id,
        open_refunds.refund_id,
        'day_and_amount' as match_basis_code
    from open_payouts
    inner join open_refunds
        on
            open_payouts.paid_date = open_refunds.paid_date
            and open_payouts.payout_amount = open_refunds.refund_amount
            and open_payouts.place = open_refunds.place
)

select * from final
