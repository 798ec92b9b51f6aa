with

as_of_days as (
    select as_of_date
    from {{ ref('int_as_of_days_listed_to_shops') }}
),

-- From the first event on; one on a day nobody knows stands before every day.
paid as (
    select
        return_line_id,
        case when count(*) = count(paid_date) then min(paid_date) end as paid_date
    from {{ ref('int_refunds_resolved_to_outcomes') }}
    where is_paid and return_line_id is not null
    group by return_line_id
),

accepted as (
    select
        return_line_id,
        case when count(*) = count(accepted_date) then min(accepted_date) end as accepted_date
    from {{ ref('int_return_lines_accepted_to_debts') }}
    group by return_line_id
),

exchanges as (
    select return_line_id
    from {{ ref('int_exchanges_joined_to_products') }}
    group by return_line_id
),

-- Known and neither turned down nor long silent: what is four weeks on its way comes no more, and
-- what was not graded 30 days after it arrived waits for nothing.
returns as (
    select
        as_of_days.as_of_date,
        announced.return_line_id,
        announced.channel_name,
        announced.category_name,
        coalesce(announced.requested_resolution_code, 'refund') = 'exchange' as is_exchange_wanted,
        coalesce(announced.returned_date <= as_of_days.as_of_date, false) as has_arrived,
        announced.announced_count,
        announced.announced_net_amount,
        announced.returned_net_amount,
        {{ days_between('announced.announced_date', 'as_of_days.as_of_date') }} as waited_days
    from {{ ref('int_return_lines_announced_to_cohorts') }} as announced
    inner join as_of_days
        on
            announced.announced_date <= as_of_days.as_of_date
            and (
                announced.dropped_date is null
                or announced.dropped_date > as_of_days.as_of_date
            )
            and case
                when announced.returned_date <= as_of_days.as_of_date
                    then announced.returned_date > {{ add_days('as_of_days.as_of_date', -30) }}
                else announced.announced_date > {{ add_days('as_of_days.as_of_date', -29) }}
            end
),

final as (
    select
        returns.as_of_date,
        returns.return_line_id,
        returns.channel_name,
        returns.category_name,
        returns.is_exchange_wanted,
        returns.has_arrived,
        returns.waited_days,
        returns.announced_count,
        case
            when returns.has_arrived then returns.returned_net_amount
            else returns.announced_net_amount
        end as open_net_amount
    from returns
    left join accepted
        on
            returns.return_line_id = accepted.return_line_id
            and returns.as_of_date >= coalesce(accepted.accepted_date, returns.as_of_date)
    left join paid
        on
            returns.return_line_id = paid.return_line_id
            and returns.as_of_date >= coalesce(paid.paid_date, returns.as_of_date)
    left join exchanges on returns.return_line_id = exchanges.return_line_id
    where
        accepted.return_line_id is null
        and paid.return_line_id is null
        and not (
            returns.has_arrived
            and (returns.is_exchange_wanted or exchanges.return_line_id is not null)
        )
)

select * from final
