-- What a style would have sold in all sizes is what it sold.
select
    style_id,
    sum(sold_count) as sold_count,
    sum(net_units) as net_units
from {{ ref('rpt_size_curves') }}
where basis_code = 'measured'
group by style_id
having abs(sum(sold_count) - sum(net_units)) > 0.000001 * count(*)
